"""Files on the disk, whoever names them: written whole, and never over a project or what belongs to one."""
