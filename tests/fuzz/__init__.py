"""What strangers may hand in, made up and broken by chance: ``make fuzz`` tries it all."""
