/** What `omnitray --help` says after the commands and options. */
export const MORE_HELP = `
<recipe> is a recipe's id, its name, or words that only one name holds. Each command has its own --help.

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
  omnitray run pattern --table sizes.csv --set colour=red`;
