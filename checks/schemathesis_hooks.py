"""What a sender does that its requests' schemas do not say: it leaves out what has no value.

Requests may hold null, and an echo returns it; answers are described without null, so that models do not write one where
nothing was set. A null in a request that is made up would come back as a violation of the answer's schema.
"""

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    if isinstance(case.body, dict):
        case.body = {name: value for name, value in case.body.items() if value is not None}
