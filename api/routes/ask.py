"""Questions and searches."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.errors import REFUSALS
from api.routes.parts import parts_of
from api.schemas import AskRequest, PassageOut, SearchRequest, SearchResponse
from api.service import Parts
from qa.questions import clean_question
from qa.records import Answer

router = APIRouter(prefix="/api", tags=["questions"], responses=REFUSALS)


@router.post("/ask")
def ask(request: AskRequest, parts: Annotated[Parts, Depends(parts_of)]) -> Answer:
    """Answer a question from the articles; every statement carries the exact words it stands on."""
    return parts.answerer.answer(request.as_question())


@router.post("/search")
def search(request: SearchRequest, parts: Annotated[Parts, Depends(parts_of)]) -> SearchResponse:
    """Find passages, best first."""
    query = clean_question(request.query)
    found = parts.retriever.search(query, top_k=request.top_k, filters=request.filters())
    return SearchResponse(query=query, passages=[PassageOut.of(passage) for passage in found])
