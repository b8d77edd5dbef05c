"""The words by which a name or a remark says that a person has died, as patterns."""

from __future__ import annotations

NAME = r"(?i)(?:^|[\s(.,])alm(?:h|arhum|arhumah)?(?:[\s).,]|$)"
REMARK = (
    r"(?i)^[\s(]*(?:(?:ybs|yang bersangkutan)\.?\s+)?(?:sudah\s+|telah\s+|sdh\s+)?"
    r"(?:meninggal(?:\s+dunia)?|wafat|alm(?:h|arhum|arhumah)?)[\s).]*"
    r"(?:(?:pada\s+)?(?:tgl|tanggal|bulan|bln|tahun|th|thn)?\.?\s*[0-9].*)?$"
)
