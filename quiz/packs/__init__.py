"""Question packs: their file format (`format`) and the packs we build ourselves (`build`). No Django here."""
