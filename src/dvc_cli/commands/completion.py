"""Completion scripts for four shells, written from the command table; they ask `dvc` nothing when a key is pressed."""

from __future__ import annotations

from dvc_cli.commands.table import commands, subcommands, top_level

SHELLS = ("bash", "zsh", "fish", "powershell")


def script(shell: str) -> str | None:
    """The completion script of `shell`; None for a shell we have none for."""
    writers = {"bash": _bash, "zsh": _zsh, "fish": _fish, "powershell": _powershell}
    writer = writers.get(shell)
    return writer() if writer else None


def words_after() -> dict[str, list[str]]:
    """What may follow each command path ("" is `dvc` itself): names, subcommands, flags."""
    after = {"": [name for one in top_level() for name in (one.name, one.alias) if name] + ["--help", "--version"]}
    for one in commands():
        names = [below.name.rsplit(" ", 1)[1] for below in subcommands(one.name)]
        words = names + [flag.rstrip("=") for flag in one.all_flags()]
        for path in {one.name, _by_alias(one.name)}:
            after[path] = words
    after["help"] = [*after["help"], "exit-codes", "environment", "answers", "accessibility"]
    after["completion"] = [*SHELLS, "--help"]
    return after


def _by_alias(name: str) -> str:
    first, _, rest = name.partition(" ")
    alias = next((one.alias for one in top_level() if one.name == first and one.alias), first)
    return f"{alias} {rest}".rstrip()


def _bash() -> str:
    cases = "\n".join(f'    "{path}") words="{" ".join(words)}" ;;' for path, words in words_after().items())
    return f"""# dvc: bash
_dvc() {{
  local path="" word words=""
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$word" in -*) ;; *) path="${{path:+$path }}$word" ;; esac
  done
  while :; do
    case "$path" in
{cases}
    esac
    if [ -n "$words" ] || [ -z "$path" ]; then break; fi
    case "$path" in *" "*) path="${{path% *}}" ;; *) path="" ; break ;; esac
  done
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
  if [ ${{#COMPREPLY[@]}} -eq 0 ]; then COMPREPLY=($(compgen -f -- "${{COMP_WORDS[COMP_CWORD]}}")); fi
}}
complete -F _dvc dvc dvcqg
"""


def _zsh() -> str:
    return "# dvc: zsh\nautoload -U +X bashcompinit && bashcompinit\n" + _bash().split("\n", 1)[1]


def _fish() -> str:
    lines = ["# dvc: fish"]
    for name in ("dvc", "dvcqg"):
        for path, words in words_after().items():
            seen = [f"__fish_seen_subcommand_from {part}" for part in path.split()]
            condition = " && ".join(seen) or "__fish_use_subcommand"
            lines.append(f"complete -c {name} -n '{condition}' -a '{' '.join(words)}'")
    return "\n".join(lines) + "\n"


def _powershell() -> str:
    entries = "\n".join(f"  '{path}' = @({', '.join(repr(word) for word in words)})" for path, words in words_after().items())
    return f"""# dvc: PowerShell
$DvcWords = @{{
{entries}
}}
Register-ArgumentCompleter -Native -CommandName dvc, dvcqg -ScriptBlock {{
  param($wordToComplete, $commandAst, $cursorPosition)
  $parts = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object {{ "$_" }} | Where-Object {{ -not $_.StartsWith('-') }})
  if ($wordToComplete -and $parts.Count) {{ $parts = @($parts | Select-Object -SkipLast 1) }}
  $path = $parts -join ' '
  while ($path -and -not $DvcWords.ContainsKey($path)) {{ $path = $path -replace ' ?[^ ]+$', '' }}
  $DvcWords[$path] | Where-Object {{ $_ -like "$wordToComplete*" }} |
    ForEach-Object {{ [System.Management.Automation.CompletionResult]::new($_) }}
}}
"""
