"""What `stoppress doctor` looks at: one small function for each mistake, which yields what it found and what mends it.

`finding.py` what a check gives back · `ground.py` folder, disk, files, this machine · `store.py` the database and what
is in it · `work.py` worker, bus, mail, backups · `site.py` the public address, asked as a reader would.
Called by `doctor.py`.
"""
