"""Patterns of names and remarks which say that a person has died."""

from __future__ import annotations

DECEASED_NAME = r"(?i)(?:^|[\s(.,])alm(?:h|arhum|arhumah)?(?:[\s).,]|$)"
DECEASED_REMARK = (
    r"(?i)^[\s(]*(?:(?:ybs|yang bersangkutan)\.?\s+)?(?:sudah\s+|telah\s+|sdh\s+)?"
    r"(?:meninggal(?:\s+dunia)?|wafat|alm(?:h|arhum|arhumah)?)[\s).]*"
    r"(?:(?:pada\s+)?(?:tgl|tanggal|bulan|bln|tahun|th|thn)?\.?\s*[0-9].*)?$"
)
