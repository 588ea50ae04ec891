"""Is the process alive, can it answer, and what?"""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.errors import NotReady, problem, refusals
from api.routes.parts import service_of
from api.schemas import StatusOut
from api.service import Service

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Say that the process is alive."""
    return {"status": "alive"}


@router.get("/readyz", responses=refusals(503))
async def readyz(service: Annotated[Service, Depends(service_of)]) -> JSONResponse:
    """Say whether questions can be answered: 503 with the progress until the first sync is done; 503 when they fail."""
    readiness = service.readiness
    if readiness.status == "ready" and (fault := await to_thread.run_sync(service.fault, limiter=service.looking)):
        return problem(503, "not-ready", "Questions cannot be answered", fault)
    if readiness.status == "ready":
        return JSONResponse({"status": "ready", "articles": readiness.total})
    progress = {"state": readiness.status, "done": readiness.done, "total": readiness.total}
    return problem(503, "not-ready", "The index is not ready", str(NotReady(readiness)), progress=progress)


@router.get("/api/status", responses=refusals(401, 429, 503))
def status(service: Annotated[Service, Depends(service_of)]) -> StatusOut:
    """Say what this service can do: engines, articles, whether it takes files, and questions to begin with."""
    parts = service.parts
    articles, passages = parts.catalogue.counts()
    return StatusOut(
        engines=list(parts.engines),
        articles=articles,
        passages=passages,
        uploads=parts.uploads is not None,
        examples=service.listing.examples(),
    )
