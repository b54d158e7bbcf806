"""Everything due, in one table: a deadline, a step, a signature, a report, a return shift.

Owns `Due`, `Pause` and `OverdueReaction`, and the clause kinds `deadline` and `duty`. Refuses to
know what must be done: whoever opens a due says in words what it is and which fact settles it.
Only the next moment at which something happens is stored; a sweep costs what is due, not what is
open. See `sweeping` for the one place where lateness is said.
"""
