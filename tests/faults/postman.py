"""Workers to kill: each line on standard input begins one, as `jobs work` does; its id goes out.

They are forked from a process that loaded the application: a hundred starts would take a hundred times that.
"""

import os
import signal
import sys

from app import create_app
from app.infra.database import db
from app.infra.worker import work
from config import load_settings


def main() -> None:
    app = create_app(load_settings())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who died is gone at once
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            with app.app_context():
                db.engine.dispose(close=False)
            work(app)
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
