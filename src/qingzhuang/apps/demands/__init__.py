"""The register of everything asked, and its gate."""
