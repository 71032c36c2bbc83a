"""Draws the demonstration's pictures: `python -m stoppress.demo.drawing` writes them into `demo/pictures`.

Run by whoever changes a picture; the product ships what it wrote and never draws. Imports Pillow only. The
lettering of the map and the chart wants the Liberation fonts (Debian: fonts-liberation).
"""
