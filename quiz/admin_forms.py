"""The form of a question in the admin: its pictures, sounds and films are checked before anything is stored."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminImageFieldWidget

from quiz.media import BYTES, BadMedia, Kind, Prepared, prepare_media
from quiz.models import Question


class QuestionForm(forms.ModelForm):
    """`prepared` are the files that saving it has to store."""

    class Meta:
        model = Question
        fields = "__all__"
        widgets = {
            # exactly this lets the widget show what is there
            "image": UnfoldAdminImageFieldWidget(attrs={"accept": "image/*"}),
            "audio": UnfoldAdminFileFieldWidget(attrs={"accept": "audio/mpeg,audio/ogg,audio/mp4"}),
            "video": UnfoldAdminFileFieldWidget(attrs={"accept": "video/mp4,video/webm"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepared: list[Prepared] = []

    def clean_image(self) -> Any:
        """A picture."""
        return self._cleaned("image")

    def clean_audio(self) -> Any:
        """A sound."""
        return self._cleaned("audio")

    def clean_video(self) -> Any:
        """A film."""
        return self._cleaned("video")

    def _cleaned(self, kind: Kind) -> Any:
        given = self.cleaned_data[kind]
        if not isinstance(given, UploadedFile):
            return given  # what was there, or False to take it out
        try:
            prepared = prepare_media(kind, given.read(BYTES[kind] + 1))
        except BadMedia as error:
            raise ValidationError(str(error)) from error
        self.prepared.append(prepared)
        return prepared.name
