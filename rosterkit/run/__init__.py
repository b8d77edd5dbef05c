"""What every entrance (command line, page, watcher, notebook) shares."""
