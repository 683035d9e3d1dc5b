"""What a fillable form carries beside its words, so that it can be read back."""
