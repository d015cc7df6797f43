"""The keys of each screen, one table a module; no key is named anywhere else."""
