"""FHIR R4: what is on record as its resources, and what its searches ask for; pure."""
