"""When a figure was true, how sure it is, and who says so.

    stance, timing                      how sure and who says so, when
"""
