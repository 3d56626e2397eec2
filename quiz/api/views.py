"""The quiz over REST: what can be played, and a quick way to start."""

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ApiView, Page
from accounts.api.schema import documented, page
from quiz import selectors
from quiz.api import serializers as bodies
from quiz.models import Category
from rooms.api.caller import caller
from rooms.services import create_room


class Categories(ApiView):
    """What there is to play."""

    queryset = Category.objects.none()
    pagination_class = Page

    @documented(
        "List categories",
        answer=page("CategoriesPage", bodies.CategorySerializer(many=True)),
        parameters=[bodies.LanguageSerializer],
    )
    def get(self, request: Request) -> Response:
        """Those that have questions in the language, or in English where a text is not translated."""
        language = self.read_query(bodies.LanguageSerializer).get("language", caller(request).language)
        # a page of all, and not all counted once more: counting takes as long as the list, which is short
        rows = self.paginate_queryset(list(selectors.list_categories(language=language))) or []
        return self.get_paginated_response(
            [
                {"id": row.pk, "name": row.name_in(language), "language": language, "cnt_questions": row.cnt_questions}
                for row in rows
            ]
        )


class NewQuiz(ApiView):
    """Start a quiz."""

    @documented(
        "Start a quiz",
        request=bodies.NewQuizSerializer,
        answer=bodies.NewQuizAnswer,
        status=201,
        errors=(409,),
    )
    def post(self, request: Request) -> Response:
        """The same as `POST rooms` with the game `quiz`; the fields of the room stand at the top level."""
        options = self.read(bodies.NewQuizSerializer)
        name = options.pop("name")
        return Response(create_room(user=caller(request), game="quiz", name=name, options=options).room, 201)
