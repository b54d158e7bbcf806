"""Every paper of the company: forms declared as data, sheets, numbers, copies (联), files, print.

Owns `Sheet`, `Section`, `Signature`, `Copy`, `Attachment`, `Serial`, `VoidNumber`, `PrintLog`.
Refuses to know what a form is for: cases, settlement and flows say when a sheet is opened,
signed and issued.
"""
