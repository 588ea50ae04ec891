"""Is the process alive, and can it answer?"""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.errors import NotReady, problem
from api.routes.parts import service_of
from api.service import Service

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Say that the process is alive."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"description": "Not ready; the body says how far it is."}})
async def readyz(service: Annotated[Service, Depends(service_of)]) -> JSONResponse:
    """Say whether questions can be answered: 503 with the progress until the first sync is done."""
    readiness = service.readiness
    if readiness.status == "ready":
        return JSONResponse({"status": "ready", "articles": readiness.total})
    progress = {"state": readiness.status, "done": readiness.done, "total": readiness.total}
    return problem(503, "not-ready", "The index is not ready", str(NotReady(readiness)), progress=progress)
