"""What is asked of the site by those who mean it no good, or cannot do better."""
