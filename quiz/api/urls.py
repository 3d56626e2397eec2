"""Addresses of the quiz API, under /api/v1/. Without a final slash; config's middleware makes it optional."""

from django.urls import path

from quiz.api import views

urlpatterns = [
    path("quiz/categories", views.Categories.as_view(), name="quiz-categories"),
    path("quiz/new", views.NewQuiz.as_view(), name="quiz-new"),
]
