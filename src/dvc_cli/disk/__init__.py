"""How files are kept on this machine: for their owner alone, whole or not at all, encrypted where they hold more than masked facts.

Imports only `errors` and `language`; used by `config`, `tokens`, `desk` and the file of the sandbox.
"""
