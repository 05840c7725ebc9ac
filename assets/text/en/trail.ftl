# Who is with whom, who looked at what: presence, trail, anchors.
company-open = also open: { $people }
company-oneself = you, at another screen
notice-changed-here = { $who } has just changed this case.
notice-table-changed = The gate table of this office is now { $version } ({ $who }).
notice-missed = Much has changed; everything was read again.
