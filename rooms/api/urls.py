"""Addresses of the rooms API, under /api/v1/. Without a final slash; config's middleware makes it optional."""

from django.urls import path

from rooms.api import views

urlpatterns = [
    path("rooms", views.Rooms.as_view(), name="rooms"),
    path("rooms/enter", views.EnterRoom.as_view(), name="room-enter"),
    path("rooms/<int:room_id>", views.OneRoom.as_view(), name="room"),
    path("rooms/<int:room_id>/join", views.JoinRoom.as_view(), name="room-join"),
    path("rooms/<int:room_id>/leave", views.LeaveRoom.as_view(), name="room-leave"),
    path("rooms/by-code/<str:code>", views.RoomByCode.as_view(), name="room-by-code"),
    path("rooms/<int:room_id>/play", views.PlayInRoom.as_view(), name="room-play"),
    path("rooms/<int:room_id>/manage", views.ManageRoom.as_view(), name="room-manage"),
    path("rooms/<int:room_id>/watch", views.WatchRoom.as_view(), name="room-watch"),
    path("rooms/<int:room_id>/unwatch", views.UnwatchRoom.as_view(), name="room-unwatch"),
    path("rooms/<int:room_id>/answer", views.AnswerInRoom.as_view(), name="room-answer"),
]
