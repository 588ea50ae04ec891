"""What routes depend on."""

from fastapi import Request

from api.service import Parts, Service


def service_of(request: Request) -> Service:
    """Return the service that the application was made with."""
    service: Service = request.app.state.service
    return service


def parts_of(request: Request) -> Parts:
    """Return the parts. Raises NotReady until the first sync is done."""
    return service_of(request).parts
