"""User-space instructions of one request, in memory, against bare axum that echoes bytes."""

from measure import BIN, in_parallel, per_round, verdict

SERVERS = {
    "bytes": "axum, `Bytes` echoed (floor)",
    "wcs": "**hooks, all handled**",
    "wcs-enforce": "**hooks, violations refused**",
    "wcs-signed": "**hooks, signed**",
    "value": "axum, `Json<Value>`",
}
LIMITS = {"sdp": 2.2, "small": 1.4, "connect": 6.0}


def count(servers):
    jobs = {}
    for server in servers:
        for body in LIMITS:
            command = lambda times, server=server, body=body: [BIN / "service", server, body, times]
            jobs[server, body] = (per_round, command, 20, 120)
    return in_parallel(jobs)


def section():
    counts = count(SERVERS)
    print("### Instructions\n")
    print("A connection of hyper with both ends in one process; user space alone. How many times bare axum:\n")
    print("| server | " + " | ".join(LIMITS) + " |\n|---|" + "---:|" * len(LIMITS))
    for server, title in SERVERS.items():
        cells = [f"{counts[server, body] / counts['bytes', body]:.2f} ({counts[server, body]:,.0f})" for body in LIMITS]
        print(f"| {title} | " + " | ".join(cells) + " |")
    goals = [f"at most {limit}: {verdict(counts['wcs', body] <= limit * counts['bytes', body])}" for body, limit in LIMITS.items()]
    print("| goal | " + " | ".join(goals) + " |")
