"""The contract suite: what "works" means for a backend. Shipped, so that authors of other backends run the very same checks.

`dvc backend check NAME` runs it from the command line; with the extra `testing`, `dvc_cli.testing.suite.BackendContract` is the base
class of a pytest class. Checks need nothing but `dvc_cli.contract`; each is a function in one of the modules here.
"""
