"""Requests and answers: context, decoding, credentials, pagination, streams, measures."""
