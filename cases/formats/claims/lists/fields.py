"""The fields a list of claims can fill, and the headers by which programs call them.

A column of a file is mapped to one of these names, by us or by the person who hands in the list.
Sources: open_items (DATEV, SAP, Odoo, BMD titles and the synonyms of small tools).
"""

from collections.abc import Mapping

#: What a claim cannot do without; the amount may come from any of AMOUNTS.
REQUIRED = ("invoice_number",)
AMOUNTS = ("open", "total", "debit")
DAYS = ("invoiced_on", "due_on")
MONEY = ("total", "paid", "open", "debit", "credit")

_WORDS = {
    "invoice_number": """
        extbelegnr rechnungsnummer rechnungsnr rechnungnr rechnungsid rgnr rgnummer renr renummer
        rechnr dokumentnummer dokumentnr dokument invoicenumber invoiceno invoicenr invoiceid
        invoice numerodefacture nodefacture
        numerofacture nofacture facture rechnung fakturanummer fakturanr faktura belegfeld1
        externebelegnummer xblnr reference referenz referenznr referenznummer zuordnung
        zuordnungsnummer assignment zuonr belegnummer belegnr beleg nummer number
        documentnumber documentno docno document belnr opnummer opnr nr no num ordernumber orderno
        orderid bestellnummer bestellnr auftragsnummer auftragsnr""",
    "invoiced_on": """
        rechnungsdatum rechndatum rgdatum redatum rechnungvom invoicedate dateofinvoice
        datedefacture datefacture belegdatum belegdat belegdt documentdate docdate bldat
        fakturadatum ausstellungsdatum ausgestelltam issuedate issuedon issued datum date dateutc
        vom createdat""",
    "due_on": """
        faelligkeit faelligkeitsdatum faelligam faellig faelligdatum faelligzum nettofaelligkeit
        nettofaelligkeitsdatum nettofaellig faelligkeitsdat nettofaell zahlbarbis zahlungsziel
        zahlungbis zahlenbis zahlungsfrist zahlbaram faelldatum duedate invoicedatedue dueon due
        netduedate duedateutc
        netduedt netdue payableby payuntil paymentdue datumdernettofaelligkeit echeance
        datedecheance dateecheance expecteddate erwartetesdatum faedt valuta valutadatum""",
    "currency": """
        waehrung waehrungskz waehrungscode waehrungskennzeichen currency currencycode curr waers
        localcurrency lcurr hwaehr hauswaehrung hwaer devise monnaie wkz isowaehrung
        waehrg whg ccy""",
    "total": """
        betragbrutto bruttobetrag brutto bruttosumme gesamtbetrag rechnungsbetrag
        rechnungsbetragbrutto rgbetrag rebetrag summebrutto gesamtbrutto gesamtsumme endbetrag
        endsumme rechnungssumme invoiceamount grossamount amountgross totalamount amounttotal
        invoicetotal gross grandtotal originalamount ursprungsbetrag urspruenglicherbetrag
        montantttc montanttotal montant totalttc betrag amount forderungsbetrag forderung
        hauptforderung summe total wert amountinlocalcurrency betraginhauswaehrung betrinhw
        betraghw betraginhw amtinloccur amountinlc dmbtr amountindoccurr wrbtr
        amountindocumentcurrency betraginbelegwaehrung amountcurrency
        positiontotal positionstotal positionssumme positionsumme positionsbetragbrutto
        positionbrutto linetotal lineamount itemtotal zeilensumme umsatzohnesollhabenkz
        umsatzohnesollhaben""",
    "paid": """
        bezahlt bereitsbezahlt gezahlt zahlung zahlungen zahlbetrag bezahlterbetrag
        anzahlung anzahlungen paid alreadypaid amountpaid paidamount payments paye
        dejapaye bishergezahlt geleistet zahlungseingang zahlungseingaenge""",
    "open": """
        offen offenerbetrag offenbetrag offenerrest offenersaldo restbetrag rest restforderung
        restschuld saldo opsaldo opbetrag nochoffen ausstehend ausstehenderbetrag open openamount
        amountopen openbalance outstanding outstandingamount outstandingbalance
        rueckstand rueckstaendig mietrueckstand rueckstandsbetrag aussenstand
        amountoutstanding balance balancedue
        amountdue amountresidual amountresidualsigned residual due amountdueopen remaining
        remainingamount unpaid solde resteapayer resteadu montantdu soldedu betragoffen
        rechnungsbetragoffen bruttooffen""",
    "debit": "sollbetrag betragsoll soll debit debitamount umsatzsoll sollmiete",
    "credit": """
        habenbetrag betraghaben haben credit creditamount umsatzhaben ist istbetrag
        istzahlung""",
    "account": """
        kundennummer kundennr kdnr kdnummer kundenid kunr debitorennummer debitornr
        debitorennr debitorenkonto debitor debitorkonto personenkonto konto kontonummer kontonr
        customernumber customerno customerid customer kunnr account accountnumber debtornumber
        debtorno debtor numeroclient noclient codeclient clientnumber clientno clientid""",
    "name": """
        schuldner schuldnername billingname billtoname name name1 kdname kdname1 kundenname
        kundenname1 kunde debitorname
        debitorenname empfaenger rechnungsempfaenger geschaeftspartner
        customername clientname client debtorname partner partnername
        recipient billto nomduclient nomclient accountname kontobezeichnung
        kontobeschriftung nachnamefirma namefirma firmanachname firmaname mieter mietername
        mieterin auftraggeber auftraggebername bauherr invoicepartnerdisplayname""",
    "company": """
        firma firma1 firmenname firmierung unternehmen nameunternehmen unternehmensname
        company companyname billingcompany organisation organization raisonsociale societe
        entreprise ragionesociale""",
    "last_name": """
        nachname familienname zuname lastname surname familyname billinglastname nom
        nomdefamille cognome""",
    "first_name": "vorname firstname givenname prenom billingfirstname nome",
    "name_suffix": "name2 firma2 kdname2 firma1zeile2",
    "address_extra": "zusatz namenszusatz adresszusatz co coname zhd addressline2 address2",
    "street": """
        strasse strassehausnummer strassehausnr strasseundhausnummer strassenr strassehnr
        strasseundnr strassepostfach anschrift adresse adresse1 street streetaddress address
        address1 addressline1 rue kdstrasse strassehausnummerpostfach billingaddress
        billingaddress1 billingstreet""",
    "house_number": "hausnummer hausnr hnr housenumber streetnumber streetno",
    "postcode": """
        plz postleitzahl zip zipcode postalcode postcode codepostal npa kdplz billingpostcode
        billingzip billingpostalcode""",
    "city": "ort stadt wohnort city town ortsname place ville localite kdort sitz billingcity",
    "postcode_city": "plzort plzundort postleitzahlort plzwohnort zipcity plzstadt",
    "country": """
        land laendercode landcode landkz laenderkennzeichen laenderkz lkz country countrycode
        landiso pays staat billingcountry""",
    "email": """
        email emailadresse mail mailadresse courriel emailaddress customeremail kundenemail
        billingemail rechnungsemail""",
    "phone": """
        telefon telefonnummer tel telnr phone phonenumber telephone mobil mobile mobiltelefon
        handy rufnummer telefon1""",
    "iban": "iban ibandesschuldners ibankunde bankverbindung kontoiban",
    "vat_id": """
        ustid ustidnr ustidnummer umsatzsteueridentifikationsnummer umsatzsteuerid uid uidnr
        uidnummer vatid vatnumber vatno euustidnr numerotva notva mwstnr""",
    "register_number": "siret siretnummer siren numerosiret",
    "leitweg_id": "leitwegid leitweg buyerreference",
    "text": """
        buchungstext text verwendungszweck beschreibung leistung gegenstand anspruchsgrund
        forderungsgrund bezeichnung description subject libelle sgtxt betreff""",
    "document_type": """
        belegart dokumentart dokumenttyp rechnungsart rechnungstyp documenttype invoicetype
        type typ transactiontype blart buchsymbol art belegtyp typedepiece typededocument""",
    "dunning_level": "mahnstufe ms dunninglevel mahns mahnlevel letztemahnstufe",
    "reminded_on": """
        erstemahnung erstemahnungam 1mahnung 1mahnungam mahnung1 mahnung1am mahnungam mahnungvom
        mahndatum gemahntam remindedon firstreminder firstreminderon firstdunning reminder1
        datumerstemahnung premierrappel rappel1""",
    "second_reminded_on": """
        2mahnung 2mahnungam mahnung2 mahnung2am zweitemahnung zweitemahnungam secondreminder
        reminder2 rappel2 2rappel deuxiemerappel 2sollecito""",
    "last_reminded_on": """
        letztemahnung letztemahnungam 3mahnung 3mahnungam mahnung3 mahnung3am drittemahnung
        lastdunning lastdunningdate madat lastreminder datumletztemahnung thirdreminder
        reminder3 dernierrappel rappel3 3rappel""",
    "contract_on": """
        vertragsdatum vertragvom datumdesvertrags vertragsschluss vertragsabschluss
        vertragsbeginn auftragsdatum auftragvom bestelldatum bestelltam contractdate
        contractedon orderdate dateofcontract datecontrat datecommande""",
    "debtor_kind": """
        kundenart kundentyp kundenklasse debitorenart schuldnerart privatfirma privatgewerblich
        customertype customerkind clienttype typeclient b2bb2c verbraucherunternehmer""",
    "status": """
        status rechnungsstatus zahlungsstatus bezahlstatus zahlstatus belegstatus zustand
        paymentstatus invoicestatus paymentstate invoicestate financialstatus state statut etat
        statutpaiement stato""",
    "settled": """
        bezahltam bezahltdatum bezahldatum zahlungsdatum zahldatum zahlungam zahlungvom
        datumzahlung datumderzahlung paidat paidon paiddate paymentdate dateofpayment
        datepaiement datedepaiement payele ausgleichsdatum ausgleich augdt clearingdate cleareddate
        ausgeglichenam istbezahlt bezahltjanein ispaid""",
    "cancelled": """
        storniert iststorniert storno stornokz stornokennzeichen stornodatum
        storniertam annulliert cancelled canceled cancelledat canceledat voided voidedat annule
        annulele""",
    "side": """
        sh sollhaben sollhabenkz sollhabenkennzeichen shkz shkennzeichen kennzeichensh habensoll
        dc debitcredit debitcreditindicator dcindicator shkzg""",
    "second_name": "",
    "second_first_name": "",
    "second_street": "",
    "second_house_number": "",
    "second_postcode": "",
    "second_city": "",
    "second_postcode_city": "",
    "second_country": "",
    "third_name": "",
    "third_first_name": "",
    "third_street": "",
    "third_house_number": "",
    "third_postcode": "",
    "third_city": "",
    "third_postcode_city": "",
    "third_country": "",
}
#: What joint debtors after the first one are called in a field's name (`joint_columns`).
FURTHER = ("second", "third")
#: What a list says of each joint debtor.
OF_JOINT = ("name", "first_name", "street", "house_number", "postcode", "city", "postcode_city",
            "country")  # fmt: skip
#: Days of reminders, the first one first.
REMINDERS = ("reminded_on", "second_reminded_on", "last_reminded_on")
#: Sums of one line of an invoice; rows of one number are added up (`positions`).
POSITION_TOTALS = frozenset(
    ("positiontotal", "positionstotal", "positionssumme", "positionsumme",
     "positionsbetragbrutto", "positionbrutto", "linetotal", "lineamount", "itemtotal",
     "zeilensumme")
)  # fmt: skip
#: Field -> headers in order of preference, as `headers.fingerprint` writes them.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    field: tuple(words.split()) for field, words in _WORDS.items()
}
FIELDS = tuple(SYNONYMS)
