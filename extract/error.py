"""What a user can mend: a wrong path, query, name, file of rules. `facts` prints it without a traceback.

>>> raise UserError("no/such/file: no such file; check the path")
Traceback (most recent call last):
    ...
extract.error.UserError: no/such/file: no such file; check the path
"""


class UserError(Exception):
    """Wrong use or input; the message says what is wrong, where, and what to do."""
