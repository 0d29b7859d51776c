/** Exit codes of the terminal; documented in the help below, so a change here is a change for scripts. */
export const EXIT = {
  done: 0,
  notDone: 1,
  usage: 2,
  noToken: 3,
  noServer: 4,
  noOutput: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const HELP = `OmniTray in a terminal: run an Omnitool recipe on files.

Usage
  omnitray connect <address>           Connect to a server. Asks for the token, or reads it from standard input.
  omnitray recipes [words]             List recipes, or those whose name holds all the words.
  omnitray run <recipe> [files...]     Run a recipe on files and print what comes back.
  omnitray runs                        List the last runs, newest first.
  omnitray show <run>                  Print the result of a run. The first letters of its id are enough.
  omnitray export <run> <folder>       Make a folder there with all that a run was given and gave, and a receipt.
  omnitray resume                      Go on with runs that an earlier command left unfinished.

<recipe> is a recipe's id, its name, or words that only one name holds.

Options for run
  -m, --message <text>   A message to the recipe. "-" reads it from standard input.
      --each             A run for each file instead of one for all. With --json, a list of results.
  -o, --out <folder>     Copy the files that come back into this folder. Nothing there is overwritten.
      --timeout <s>      Stop waiting after so many seconds. The run itself goes on; see resume.

Options
      --json             Print one JSON value instead of text, also when something goes wrong.
      --insecure         With connect: allow plain http to another machine. The token can be read on the way.
  -q, --quiet            No progress on standard error.
  -h, --help             This text.
      --version          The version.

Environment
  OMNITRAY_TOKEN         The token to use, where there is no keychain. It is written nowhere.
  OMNITRAY_HOME          Where OmniTray keeps its runs and results.

Results go to standard output, everything else to standard error.

Exit codes
  0  done
  1  the recipe failed, or the run was stopped or lost; of several runs, any of them
  2  the command or a file cannot be used as it is
  3  not connected, or the server does not take the token
  4  the server does not answer
  5  the recipe finished and gave nothing back
130  ended by Ctrl+C; the run goes on, see resume

Examples
  omnitray connect 127.0.0.1:1688
  omnitray run "Word count" notes.txt
  omnitray run upscale photo.png --out ~/Pictures
  omnitray run caption --each *.jpg --json
`;
