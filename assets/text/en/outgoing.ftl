# Commands inside an open desk, export, print, shell completions and the manual page.

refused-of-machine = The command { $command } concerns files of this machine and does not run inside an open desk. Run it on that machine as the service's own user, for example: sudo -u pulang pulang { $command } …
cli-no-screen-inside = Only commands run here; the screen opens with pulang without a command, on a terminal of its own.
cli-too-many-words = The arguments are too many or too long.
