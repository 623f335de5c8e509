# Aufruf, Deutsch. Eine Sprache ist eine Datei.
# Überschriften nennen, wer den Text zeigt oder spricht.

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
