"""The room that sends: what stands is found out (`watch`), written down (`outbox`) and sent once (`post`) by mail or webhook."""
