MIME=""
def docx_of(t): return b""
