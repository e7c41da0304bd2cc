"""The first half of a mail's path, which writes nothing: what was found out about it, and what that
means.

`reader.Reader.read` goes through it step by step; `mailbot explain` shows just this.
"""
