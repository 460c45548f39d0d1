"""FHIR R4: resources read and searched, and exports of all of them."""
