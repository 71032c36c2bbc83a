"""The pictures that other sites show beside a link of ours: drawn when first asked for, kept in memory."""
