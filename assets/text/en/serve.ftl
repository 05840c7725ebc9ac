# The daemon, attaching, and how a connection ends.

cli-arg-new = opens a second session beside the one that is there
cli-arg-socket = the socket of a service; else $PULANG_SOCKET, else desk.sock in the data folder
cli-arg-as = who is there, on a shared account: given by the command of an SSH key, believed from the gate alone
cli-serve = runs the daemon, which has the desk and everybody's screens
cli-serve-when_idle = exit: leaves with the last session; stay: stays (the default)

bye-left = The session is over.
bye-taken-over = This session goes on at another terminal.
bye-reconnect = The daemon has ended. What was half typed is kept as a draft.
bye-refused = You are not let in.
bye-ended = This session was ended. What was half typed is kept as a draft.
bye-full = Too many sessions are open. Close one and try again.
bye-fault = This session stopped for an error in the program. What was saved and every draft are there; come back to go on.
bye-protocol = This daemon is of another release and does not understand this program (protocol { $spoken }). Ask whoever keeps it to restart it.
bye-garbage = The connection to the daemon is broken: what came is not understood. Come back to go on.
attach-again = The line is cut; connecting again… Ctrl+C gives up. What you type is lost.
attach-lost = The daemon cannot be reached any more. What was saved and every draft are there; run pulang again.
notice-come-back = Connected again. What was typed meanwhile went nowhere. Esc goes on.
notice-come-back-as = Connected again, now as { $name }. What was typed meanwhile went nowhere. Esc goes on.

refused-as = --as is believed only from the gate account that desk.toml names.
refused-as-whom = This account is shared: your SSH key has to give a name by --as.
refused-settings = { $file } in the data folder cannot be read. Ask whoever keeps this machine.
refused-socket = You may not connect to the daemon of this desk. Ask whoever keeps this machine.
refused-service-down = The service of this desk does not answer. Ask whoever keeps this machine.
refused-daemon-gone = The daemon cannot be started. The details are in daemon.log in the data folder.
refused-typed-path = Files cannot be opened by their path here. Use pulang import FILE from a shell, the drop folder, or paste what is in it.
fault-daemon = The daemon or its socket cannot be used. Ask whoever keeps this machine.
refused-words = The arguments of a command have to be UTF-8 text.
refused-daemon-silent = The daemon of this desk does not answer. Try again; if it stays so, ask whoever keeps this machine.
refused-daemon-gone-within = The daemon ended before the command had. Look at what has happened, then run it again.
refused-forced = Over this login only the screen and commands of the desk are run, for the desk of this box. What concerns the machine is done by whoever keeps it.
refused-forced-file = Files of the box are not opened over this login. Send the file along: ssh BOX pulang import - < FILE
