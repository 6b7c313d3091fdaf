"""The rules of limits.json where CloudFormation is asked: templates, and what it makes and deletes by itself.

The emulator's CloudFormation does not go through the services' APIs, where limits.py stands.
"""
from ministack.services.cloudformation import changesets, handlers, provisioners

from strict.limits import CALLS, refusal
from strict.replaces import replaces


class Refused(ValueError):
    pass


def _refuse(name, call):
    if rule := refusal(name, call):
        raise Refused(f"{rule['message']} (Status Code: {rule['status']}; Error Code: {rule['code']})")


def _parse_template(original, text):
    template = original(text)
    _refuse("template", template)
    return template


for _module in (handlers, changesets):
    replaces(_module, "_parse_template")(_parse_template)


# What a resource calls otherwise than the API does.
_API_NAMES = {"AWS::Scheduler::ScheduleGroup": {"Name": "GroupName"}}


def _watched(resource_type, step, inner):
    def act(*args):
        # create: logical id, properties; update: physical id, old and new properties; delete: physical id, properties.
        properties = (args[2] if step == "update" else args[1]) or {}
        renamed = _API_NAMES.get(resource_type, {})
        call = {renamed.get(name, name): value for name, value in properties.items()}
        if step == "create":
            _refuse(resource_type, call)
        else:
            _refuse(resource_type if step == "update" else f"delete {resource_type}", {**call, "PhysicalId": args[0]})
        return inner(*args)

    return act


for _name in {name.removeprefix("delete ") for name in CALLS if "AWS::" in name}:
    _steps = provisioners._RESOURCE_HANDLERS[_name]
    for _step in ("create", "update", "delete"):
        if _step in _steps:
            _steps[_step] = _watched(_name, _step, _steps[_step])
