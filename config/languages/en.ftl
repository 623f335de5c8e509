# Aufruf, English. A language is a file.
# Headings say who shows or speaks the text.

## Gemeinsam

## Start und Anmeldung

## Wartedisplay

## Telefonticket

## Kiosk

## Papierticket

## Ansage

## Schalter

## Aufsicht

## Bericht

## Fehler
