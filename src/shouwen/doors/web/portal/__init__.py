"""客户门户: customers file a matter without an account, follow it, add to it, say if it is good.

Open to everybody, so: nothing internal is ever put into a page, every form is limited by where it
comes from, an unknown number and a wrong telephone get the same answer. Works without scripts.
"""
