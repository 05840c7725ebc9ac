# Erasing the data of a case.

cmd-erase = erase the data of this case for good
    .hint = erase
hint-go-on = go on
hint-erase = erase
heading-erased = {" "}+ { $count } erased
erase-title = Erase for good
erase-gone = Gone: every fact of this person, the history ({ $entries } entries), drafts. No search, likeness, list or export finds them again.
erase-stays = Stays: the number, never given again; the chain without content; the movement's head count; { $links } links, as a number alone; in the trail: who, when, why.
erase-for-good = Nobody can undo it.
erase-copies = Old copies of keys/ and old backups still open these data until they are destroyed; so do prints, exports and the manifest.
erase-number = Type its number to erase ({ $number }):
notice-erased = { $number } is erased for good. Destroy old copies of keys and old backups too.
notice-case-erased = The case that was open here has been erased for good.
refused-erase-open = This case is still under way: data are erased only after it is closed or taken back.
refused-erase-kept = These data must still be kept: a legal matter or a hold is not over. Ask the liaison or the medic.
refused-erase-number = That is not the number of this case ({ $number }): nothing was erased.
refused-erase-unconfirmed = Nothing was erased. Say the number again to be sure: --yes { $number }
refused-erased = Case { $number } was erased for good on { $on }.

cli-erase = destroys the data of one case for good: a supervisor's, with a reason
cli-erase-number = a case's number, such as 26-004217-K
cli-erase-reason = why; it stays in the trail and names nobody
cli-erase-yes = the number once more, where nobody can be asked
