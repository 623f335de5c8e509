"""The room that sends letters: it finds out which alerts stand (`watch`), writes them down (`outbox`) and tells them by
mail or webhook (`post`)."""
