"""Addresses of the rooms API, under /api/v1/. Without a final slash; config's middleware makes it optional."""

from django.urls import path

from rooms.api import views

urlpatterns = [
    path("rooms", views.Rooms.as_view(), name="rooms"),
    path("rooms/enter", views.EnterRoom.as_view(), name="room-enter"),
    path("rooms/<int:room_id>", views.OneRoom.as_view(), name="room"),
    path("rooms/<int:room_id>/join", views.JoinRoom.as_view(), name="room-join"),
    path("rooms/<int:room_id>/leave", views.LeaveRoom.as_view(), name="room-leave"),
    path("rooms/<int:room_id>/answer", views.AnswerInRoom.as_view(), name="room-answer"),
]
