"""A backend without a program behind it: each hook is answered with a file, or with an empty object.

A web server of static files does the same once it takes POST and maps the last segment of the path to a file. The policy
stands in the file of the opening hook. Its port is its argument.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FILES = {file.stem: file.read_bytes() for file in (Path(__file__).parent / "static").glob("*.json")}


class Hooks(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes; without this each answer takes 40 ms.
    disable_nagle_algorithm = True

    def do_POST(self):
        left = int(self.headers.get("Content-Length", 0))
        while left > 0:
            left -= len(self.rfile.read(min(left, 65536))) or left
        body = FILES.get(self.path.rsplit("/", 1)[-1], b"{}")
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    # The sender may open many connections at once.
    request_queue_size = 128


server = Server(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Hooks)
print(f"listening on http://127.0.0.1:{server.server_address[1]}", flush=True)
server.serve_forever()
