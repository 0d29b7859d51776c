/** What `omnitray --help` prints. */
export const HELP = `OmniTray in a terminal: run an Omnitool recipe on files.

Usage
  omnitray connect <address>           Connect to a server. Asks for the token, or reads it from standard input.
  omnitray recipes [words]             List recipes, or those whose name holds all the words.
  omnitray run <recipe> [files...]     Run a recipe on files and print what comes back.
  omnitray runs                        List the last runs, newest first.
  omnitray show <run>                  Print the result of a run. The first letters of its id are enough.
  omnitray export <run> <folder>       Make a folder there with all that a run was given and gave, and a receipt.
  omnitray resume                      Go on with runs that an earlier command left unfinished, and print their results.
  omnitray settle <run>                Find out what became of an unconfirmed run: list the jobs that it can be.

<recipe> is a recipe's id, its name, or words that only one name holds.

Options for run
  -m, --message <text>   A message to the recipe. "-" reads it from standard input.
      --each             A run for each file instead of one for all. With --json, a list of results.
      --as <kind>        Send the files as images, audio, video or documents, whatever they are.
  -o, --out <folder>     Copy the files that come back into this folder. Nothing there is overwritten.
      --timeout <s>      Stop waiting after so many seconds. The run itself continues; see resume. Also with resume and settle.

Options for settle
      --take             Take the one job that it can be, and print its result.
      --job <id>         Take this one of the jobs that it can be. The first letters are enough.
      --give-up          End the run here. It is not sent again, and a job on the server is left alone.

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
  4  the server does not answer, or not in a way that can be used
  5  the recipe finished and gave nothing back
  6  the disk is full, or cannot be written to
  7  the time of --timeout is over; the run goes on, see resume
  8  whether the recipe was started is not known; see settle
  9  a part of the answer may be missing: the end was not seen, or the chat answer is cut
130  ended by Ctrl+C or a signal; the run goes on, see resume

Examples
  omnitray connect 127.0.0.1:1688
  omnitray run "Word count" notes.txt
  omnitray run upscale photo.png --out ~/Pictures
  omnitray run caption --each *.jpg --json
`;
